import { mount } from 'svelte';
import '@fontsource-variable/inter/wght.css';
// Of what is written on boards: fetched when something is.
import '@fontsource-variable/caveat/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/floating.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no #app to mount in.');
mount(App, { target });
