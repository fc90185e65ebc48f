/** The page's script: only makes easier what works without it. */
export const script = `
const button = document.querySelector('[data-unfold]');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const all = document.querySelectorAll('#failures details');
    const open = button.textContent === 'Unfold all';
    for (const each of all) each.open = open;
    button.textContent = open ? 'Fold all' : 'Unfold all';
  });
}
`;
