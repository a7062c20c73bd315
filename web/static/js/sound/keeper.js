// Keeps one line on disk. When the disk refuses, what is there already stays true, and nothing more is written.

export class Keeper {
  failed = null; // Why nothing more is kept, once that is so.
  #keeping;
  #line;
  #done = Promise.resolve();

  constructor(keeping, line) {
    this.#keeping = keeping;
    this.#line = line;
    if (!keeping) this.failed = new Error("no storage");
  }

  get line() {
    return this.#line.id;
  }

  begin() {
    return this.#try(() => this.#keeping.line(this.#line));
  }

  /** Where the line begins in the recording. On disk before anything is sent: sent twice it would be there twice. */
  place(base) {
    this.#line = { ...this.#line, base };
    return this.#try(() => this.#keeping.line(this.#line));
  }

  add(at, pcm) {
    return this.#try(() => this.#keeping.add(this.line, at, pcm));
  }

  async forget(to) {
    if (this.#keeping) await this.#keeping.forget(this.line, to).catch(() => {}); // Then it is compared again, and found.
  }

  async remove() {
    await this.#done;
    if (this.#keeping) await this.#keeping.remove(this.line).catch(() => {});
  }

  /** In order; after the first failure no more, so that what is kept has no hole. */
  #try(work) {
    if (!this.failed) {
      this.#done = work().catch((why) => {
        this.failed ??= why;
      });
    }
    return this.#done;
  }
}
