// 继续显示: the link of the next part leads to a page; here its rows are fetched and added below.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-tf-more]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const row = link.closest("tr");
    const fresh = page.getElementById(row.closest("tbody").id);
    if (!fresh) throw new Error("no rows");
    const first = fresh.querySelector("a");
    row.replaceWith(...fresh.children);
    if (first) first.focus();
  } catch {
    location.assign(link.href);
  }
});

// A dialog opens by the button that names it; without this, the button's form leads to a page of its own.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-tf-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.tfDialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  const closer = event.target.closest("[data-tf-dialog-close]");
  if (closer && closer.closest("dialog")) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});
