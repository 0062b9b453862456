/**
 * Ends this process (as SIGTERM does) when the one that started it is gone.
 *
 * npm starts scripts through a shell, and where npm is told to stop that shell ends without telling its script:
 * the server would stay behind and keep its port.
 */
export function endWithParent() {
  if (process.env['npm_lifecycle_event'] === undefined) return; // Started by hand, where outliving a shell is usual.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
