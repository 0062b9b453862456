/**
 * What `load` imports, also where that failed before. Browsers remember for as long as a page lives that a module could
 * not be fetched: asked for under the same address again they do not even try. So the address gets a query. What the
 * module imports itself must have been fetched before.
 */
export async function importAgain<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    // Only its message says which module it was.
    const url = /https?:\/\/\S+\.js/.exec(String(error))?.[0];
    if (url === undefined || new URL(url).origin !== location.origin) throw error;
    return (await import(/* @vite-ignore */ `${url}?again=${Date.now()}`)) as Module;
  }
}
