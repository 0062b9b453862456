// `npm start`: installs and builds what is missing, then becomes the server. The server runs in this very process,
// so its signals, exit code, arguments and environment are this one's.
import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { ensurePage } from './page.mjs';
import { endWithParent } from './parent.mjs';

endWithParent();
await ensureInstalled();
if (!(await ensurePage())) process.exit(1);

await import('./typescript.mjs');
await import(new URL('../main.ts', import.meta.url).href);
