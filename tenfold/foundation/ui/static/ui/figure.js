// A figure opens a popover (part=popover), and from there the drawer beside the page (part=drawer).
// Without this module, or when the fragment cannot be had, the link leads to the full page.
const drawer = document.querySelector("[data-tf-drawer]");
let popover = null;
let origin = null;
let asked = 0;

function address(href, part) {
  const url = new URL(href, location.href);
  url.searchParams.set("part", part);
  return url;
}

async function fragment(href, part) {
  const answer = await fetch(address(href, part), { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.text();
}

function closeButton(host, close) {
  const button = host.querySelector("[data-tf-close]");
  if (button) button.addEventListener("click", close);
}

function place(box, link) {
  const spot = link.getBoundingClientRect();
  const width = box.offsetWidth;
  const room = document.documentElement.clientWidth - width - 16;
  const below = spot.bottom + box.offsetHeight + 12 < innerHeight || spot.top < box.offsetHeight + 12;
  box.style.left = `${Math.max(16, Math.min(spot.left, room)) + scrollX}px`;
  box.style.top = innerWidth < 768 ? "" : `${(below ? spot.bottom + 6 : spot.top - box.offsetHeight - 6) + scrollY}px`;
}

function closePopover(returnFocus = true) {
  if (!popover) return;
  popover.remove();
  popover = null;
  if (returnFocus && origin) origin.focus();
}

function closeDrawer() {
  if (!drawer || drawer.hidden) return;
  drawer.hidden = true;
  drawer.replaceChildren();
  document.documentElement.classList.remove("tf-with-drawer");
  if (origin) origin.focus();
}

async function openPopover(link) {
  const mine = ++asked;
  const html = await fragment(link.href, "popover");
  if (mine !== asked) return;
  closePopover(false);
  origin = link;
  popover = document.createElement("div");
  popover.className = "tf-popover";
  popover.tabIndex = -1;
  popover.setAttribute("role", "dialog");
  popover.innerHTML = html;
  const title = popover.querySelector("h2");
  if (title) popover.setAttribute("aria-label", title.textContent.trim());
  document.body.append(popover);
  place(popover, link);
  closeButton(popover, () => closePopover());
  popover.focus();
}

// The framed cell, which may lie beyond the edges of its sheet, is brought to the middle of it.
function showFramed(host) {
  const cell = host.querySelector(".tf-cell-framed, .tf-cells-here ~ .tf-cell-faulty, .tf-cell-faulty");
  const sheet = cell && cell.closest(".tf-cells-around");
  if (!sheet) return;
  const [inner, outer] = [cell.getBoundingClientRect(), sheet.getBoundingClientRect()];
  sheet.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

async function openDrawer(href) {
  const html = await fragment(href, "drawer");
  closePopover(false);
  drawer.innerHTML = html;
  drawer.hidden = false;
  document.documentElement.classList.add("tf-with-drawer");
  closeButton(drawer, closeDrawer);
  showFramed(drawer);
  drawer.focus();
}

function plainPress(event) {
  return event.button === 0 && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

document.addEventListener("click", (event) => {
  if (!plainPress(event)) return;
  const figure = event.target.closest("a[data-tf-figure]");
  const source = event.target.closest("a[data-tf-source]");
  const link = figure || (drawer && source);
  if (!link) {
    if (popover && !popover.contains(event.target)) closePopover(false);
    return;
  }
  event.preventDefault();
  const opening = figure ? openPopover(link) : openDrawer(link.href);
  opening.catch(() => location.assign(link.href));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (popover) closePopover();
  else closeDrawer();
});

showFramed(document);
