/**
 * What the pages do by themselves: look again every few seconds, and press buttons without leaving
 * the page. They can be read without it.
 */
export const script = `
const everyMs = 3000;
async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href).catch(() => undefined);
  if (!response || !response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id);
    if (!next || part.contains(document.activeElement)) continue;
    for (const details of part.querySelectorAll('details[id]')) {
      const same = next.querySelector('#' + details.id);
      if (same) same.open = details.open;
    }
    if (next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
  }
}
setInterval(refresh, everyMs);
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-post]');
  if (!button) return;
  const label = button.textContent;
  button.disabled = true;
  const response = await fetch(button.dataset.post, { method: 'POST' }).catch(() => undefined);
  button.textContent = response && response.ok ? 'Done' : 'Failed';
  setTimeout(() => { button.textContent = label; button.disabled = false; button.blur(); refresh(); }, 1200);
});
`;
