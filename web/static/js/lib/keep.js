// localStorage that may be full or forbidden: what is kept is a convenience, and losing it is never an error.

export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch { /* nothing was kept, then */ }
}
