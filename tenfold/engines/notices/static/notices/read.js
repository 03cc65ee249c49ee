// Opening a notice is reading it: the button that says so is pressed for the reader. Without scripts she presses it.
const form = document.querySelector("[data-notice-read]");
if (form) {
  const answer = fetch(form.action, {
    method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual", keepalive: true,
  });
  answer.then((told) => { form.hidden = told.type === "opaqueredirect"; }, () => {});
}
