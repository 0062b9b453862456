// What nobody sees when a board opens: one piece, fetched when the page is at rest, so that it is here before anybody is
// offline. In one piece it can also be fetched again where that failed: see import-again.ts.

export { default as BoardDialogs } from './BoardDialogs.svelte';
export { default as PeoplePanel } from './PeoplePanel.svelte';
export { default as SidePictures } from './SidePictures.svelte';
export { default as SheetMenu } from './SheetMenu.svelte';
export { default as StyleOptions } from './StyleOptions.svelte';
export { copyTo, pasteFrom } from './clipboard.ts';
export { placeImages } from './place-images.ts';
