// The first file of every worker thread. Node 20 does not let a thread inherit the TypeScript loader of its parent
// (and the test runner has none), so the thread registers its own and then imports what it was started for.
import './typescript.mjs';

await import(/** @type {string} */ (process.argv[2]));
