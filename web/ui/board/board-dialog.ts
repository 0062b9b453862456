/** What can lie over the board. */
export type BoardDialog = 'Share' | 'Export' | 'Commands' | 'Mark' | 'Details' | 'Shortcuts' | 'About';
