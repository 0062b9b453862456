import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { ensurePage } from './page.mjs';

await ensureInstalled();
if (!(await ensurePage())) process.exit(1);
