// A drop zone around a file field, and how far the upload has come. Without this, the form is sent as forms are.
function say(zone, words) {
  const place = zone.querySelector("[data-tf-upload-words]");
  if (place) place.textContent = words;
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function send(form, zone) {
  const bar = zone.querySelector("progress");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable || !bar) return;
    bar.hidden = false;
    bar.max = event.total;
    bar.value = event.loaded;
  });
  request.addEventListener("load", () => {
    if (request.status < 400 && request.responseURL && request.responseURL !== form.action) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.querySelector("main");
    const here = document.querySelector("main");
    if (main && here) here.replaceWith(main);
    else form.submit();
  });
  request.addEventListener("error", () => {
    if (bar) bar.hidden = true;
    say(zone, zone.dataset.tfUploadFailed || "");
    form.querySelector("[type=submit]").disabled = false;
  });
  form.querySelector("[type=submit]").disabled = true;
  request.send(new FormData(form));
}

for (const zone of document.querySelectorAll("[data-tf-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const form = input.form;
  const tooLarge = () => input.files.length && input.files[0].size > Number(zone.dataset.tfUploadMost || Infinity);
  const named = () => {
    if (!input.files.length) return;
    say(zone, `${input.files[0].name}  ${size(input.files[0].size)}`);
    if (tooLarge()) say(zone, zone.dataset.tfUploadLarge || "");
  };
  input.addEventListener("change", named);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("tf-drop-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("tf-drop-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("tf-drop-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    named();
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    if (!tooLarge()) send(form, zone);
  });
}
