// 大字: switch at once and keep it in the cookie that the server reads before the next paint.
const YEAR = 365 * 86400;

for (const form of document.querySelectorAll("[data-tf-large]")) {
  const button = form.querySelector("button[name=large]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const on = button.value === "1";
    document.documentElement.classList.toggle("tf-large", on);
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `tf_large=${on ? 1 : 0}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
    button.value = on ? "0" : "1";
    button.textContent = on ? button.dataset.tfLargeOff : button.dataset.tfLargeOn;
  });
}
