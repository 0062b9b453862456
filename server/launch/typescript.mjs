// Lets Node run this project's TypeScript: `node --import ./server/launch/typescript.mjs FILE.ts`. A Node that strips
// types by itself needs nothing. Where it does not, esbuild takes them away. Common loaders name every closure besides,
// with a call and a dictionary of 256 bytes each time one is made: 3.6 KB for each connection.
import { register } from 'node:module';

// Reflect, for Node 20's types do not know of it.
if (!Reflect.get(process.features, 'typescript')) register('./typescript-hooks.mjs', import.meta.url);
