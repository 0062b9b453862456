import type { Attachment } from 'svelte/attachments';

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Makes a toolbar one stop of the Tab key; the arrow keys go from button to button. */
export const rove: Attachment<HTMLElement> = (toolbar) => {
  const buttons = (): HTMLElement[] => [...toolbar.querySelectorAll<HTMLElement>('button:not(:disabled)')];

  const settle = (current?: HTMLElement): void => {
    const all = buttons();
    const stop = current ?? all.find((button) => button.tabIndex === 0) ?? all[0];
    for (const button of toolbar.querySelectorAll<HTMLElement>('button')) button.tabIndex = button === stop ? 0 : -1;
  };

  const onFocus = (event: FocusEvent): void => {
    if (event.target instanceof HTMLButtonElement) settle(event.target);
  };

  const onKey = (event: KeyboardEvent): void => {
    const all = buttons();
    const place = all.indexOf(document.activeElement as HTMLElement);
    const step = steps[event.key];
    const next =
      event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : step === undefined ? -1 : place + step;
    if (place < 0 || next < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    all[next % all.length]?.focus();
  };

  settle();
  // A button that is disabled cannot be the stop.
  const observer = new MutationObserver(() => settle());
  observer.observe(toolbar, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  toolbar.addEventListener('focusin', onFocus);
  toolbar.addEventListener('keydown', onKey);
  return () => {
    observer.disconnect();
    toolbar.removeEventListener('focusin', onFocus);
    toolbar.removeEventListener('keydown', onKey);
  };
};
