
/*
 * The worker, watched: it says what it is about to give to the engine, and if nothing more is heard
 * for too long, it is ended, and another begun. Where an engine never comes to an end, that is all
 * that ends it.
 */

class Watched {
  /* told(message) takes what the worker tells, lost(subject) what it was at when it was ended. */
  constructor(told, lost, failed) {
    Object.assign(this, { told, lost, failed });
    this.url = URL.createObjectURL(new Blob([byId('worker').textContent], { type: 'text/javascript' }));
  }

  begin() {
    this.end();
    const worker = new Worker(this.url);
    worker.onmessage = ({ data }) => {
      if (worker !== this.worker) return;
      if (data.kind === 'at') this.watch(data);
      else this.told(data);
    };
    worker.onerror = (event) => this.failed(event.message);
    this.worker = worker;
    this.post({ kind: 'start', packed: byId('engine').textContent });
  }

  end() {
    clearTimeout(this.timer);
    this.worker?.terminate();
  }

  post(message) {
    this.worker.postMessage(message);
  }

  /* A computer that slept hears late: only who is silent twice is taken for lost. */
  watch({ subject, patience }) {
    clearTimeout(this.timer);
    if (subject === null) return;
    this.timer = setTimeout(() => {
      this.timer = setTimeout(() => this.lost(subject), patience / 4);
    }, patience);
  }
}
