import type { Theme } from '../../shared/color.ts';

export type ThemeChoice = 'light' | 'dark' | 'system';

const key = 'retrace.theme';

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Light, dark, or what the system says. `public/theme.js` reads the stored choice before the first paint. */
class ThemeSetting {
  #choice = $state<ThemeChoice>(readChoice());
  #systemDark = $state(false);
  /** What ink is to be painted for. */
  readonly current: Theme = $derived(
    this.#choice === 'dark' || (this.#choice === 'system' && this.#systemDark) ? 'night' : 'paper',
  );

  constructor() {
    const system = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = system.matches;
    system.addEventListener('change', () => {
      this.#systemDark = system.matches;
    });
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  set choice(choice: ThemeChoice) {
    this.#choice = choice;
    const root = document.documentElement;
    if (choice === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = choice;
    try {
      if (choice === 'system') localStorage.removeItem(key);
      else localStorage.setItem(key, choice);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

export const theme = new ThemeSetting();
