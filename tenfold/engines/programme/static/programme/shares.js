// What each place is to reach, reckoned on the server while somebody types; without this, by the button.
const form = document.querySelector("[data-tf-shares]");
const box = document.getElementById("shares");
let waiting;

async function reckon() {
  const data = new FormData(form);
  data.set("act", "check");
  const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return;
  const held = document.activeElement && document.activeElement.id;
  const at = document.activeElement && document.activeElement.selectionStart;
  box.innerHTML = await answer.text();
  const again = held && box.querySelector(`[id="${held}"]`);
  if (again) {
    again.focus();
    again.setSelectionRange(at, at);
  }
}

if (form && box) {
  form.querySelector("[data-tf-shares-check]").hidden = true;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(reckon, 400);
  });
}
