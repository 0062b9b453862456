import { mount } from 'svelte';
import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/floating.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no #app to mount in.');
mount(App, { target });
