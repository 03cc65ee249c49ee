// A button that prints the page; without this, the browser's own command does.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-tf-print]")) window.print();
});
