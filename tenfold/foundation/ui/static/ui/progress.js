// Long work: fetch the fragment named by data-tf-poll until it no longer asks to be fetched.
const PAUSE = 1500;

async function follow(box) {
  let missed = 0;
  while (box.isConnected && box.dataset.tfPoll) {
    await new Promise((done) => setTimeout(done, Math.min(PAUSE * (missed + 1), 15000)));
    if (document.hidden) continue;
    try {
      const answer = await fetch(box.dataset.tfPoll, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-tf-job]");
      if (!fresh) throw new Error("no job");
      missed = 0;
      if (fresh.dataset.tfGo) {
        location.assign(fresh.dataset.tfGo);
        return;
      }
      box.replaceWith(fresh);
      box = fresh;
    } catch {
      missed += 1;
    }
  }
}

for (const box of document.querySelectorAll("[data-tf-job][data-tf-poll]")) follow(box);
