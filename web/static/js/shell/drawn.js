// The page as the server drew it, before any script has touched it. Imported first.

/** Null where no shell is: old browsers, plain HTTP, a page that is not to be kept. */
export const drawn = isSecureContext && document.querySelector('meta[name="shell"]') ? document.cloneNode(true) : null;
