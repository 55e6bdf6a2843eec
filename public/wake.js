// The worker starts while the page's own script is still being loaded. It closes this port again.
chrome.runtime
  .connect({ name: 'wake' })
  // Has to be read, or the browser complains of a worker that was ended while it started.
  .onDisconnect.addListener(() => void chrome.runtime.lastError);
