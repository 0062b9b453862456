// The chosen theme, before anything is painted. `web/ui/theme.svelte.ts` writes it.
try {
  const choice = localStorage.getItem('retrace.theme');
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
} catch {
  // No storage here: the system's theme it is.
}
