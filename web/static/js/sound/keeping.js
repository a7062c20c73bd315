// Sound on this computer's own disk until the server has it: it outlives a reload, a crash of the tab, a flat battery.
// A "line" is one recording of this page from start to stop: {id, code, source, base, began, role, owner}. Its blocks lie beside it.

const LINES = "lines";
const BLOCKS = "blocks"; // [line's id, local number of the first sample] -> Int16Array

/** The store, or null where the browser gives none: sound is then in memory only. */
export async function openKeeping() {
  try {
    const request = indexedDB.open("sound", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(LINES, { keyPath: "id" });
      request.result.createObjectStore(BLOCKS);
    };
    return new Keeping(await answer(request));
  } catch {
    return null;
  }
}

class Keeping {
  #base;

  constructor(base) {
    this.#base = base;
  }

  /** Keep a line, new or changed; done when it is on disk. */
  line(line) {
    return this.#write((lines) => lines.put(line));
  }

  add(id, at, pcm) {
    return this.#write((_, blocks) => blocks.put(pcm, [id, at]));
  }

  /** The blocks that begin before `to` are on the server. */
  forget(id, to) {
    return this.#write((_, blocks) => blocks.delete(IDBKeyRange.bound([id, 0], [id, to], false, true)));
  }

  remove(id) {
    return this.#write((lines, blocks) => {
      lines.delete(id);
      blocks.delete(IDBKeyRange.bound([id], [id, []]));
    });
  }

  lines() {
    return answer(this.#base.transaction(LINES).objectStore(LINES).getAll());
  }

  /** What is kept of a line, in order: [{at, pcm}]. */
  async blocks(id) {
    const store = this.#base.transaction(BLOCKS).objectStore(BLOCKS);
    const range = IDBKeyRange.bound([id], [id, []]);
    const [keys, values] = await Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range))]);
    return keys.map(([, at], i) => ({ at, pcm: values[i] }));
  }

  #write(work) {
    return new Promise((resolve, reject) => {
      const change = this.#base.transaction([LINES, BLOCKS], "readwrite");
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
      work(change.objectStore(LINES), change.objectStore(BLOCKS));
      change.commit(); // At once: a page that goes in this very moment does not take it along.
    });
  }
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
