// Small helps on every page: buttons that copy a link, and scrolling to what is marked.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, document.baseURI).href);
    document.getElementById(button.dataset.said).textContent = button.dataset.copied;
  });
}
