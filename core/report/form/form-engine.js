
/* The engine of the form's worker, asked from the page: whatever it does over a document, the page
 * goes on. */

class EngineEndless extends EngineStopped {}

class FormEngine {
  constructor(failed) {
    this.number = 0;
    this.waiting = new Map(); /* by number: { question, good, bad } */
    this.templates = []; /* questions of those that were taken, for another worker */
    this.worker = new Watched((data) => this.told[data.kind].call(this, data),
      ({ name }) => this.lost(name), (message) => {
        this.worker.end();
        failed(message);
      });
    this.worker.begin();
  }

  ask(question) {
    this.number += 1;
    const asked = { ...question, number: this.number };
    return new Promise((good, bad) => {
      this.waiting.set(asked.number, { question: asked, good, bad });
      this.worker.post(asked);
    });
  }

  /* Under a name by which it is asked. Throws, with why, if the template is refused. */
  async addTemplate(name, bytes) {
    const question = { kind: 'template', name, bytes };
    const { good, message } = await this.ask(question);
    if (!good) throw new Error(message);
    this.templates.push(question);
  }

  /* The result, as a line of JSON, or the explanation of it. */
  say(name, piece, bytes) {
    return this.ask({ kind: 'ask', name, piece, bytes });
  }

  told = {
    said({ number, answer }) {
      const asked = this.waiting.get(number);
      this.waiting.delete(number);
      if (answer === null) asked?.bad(new EngineStopped('the engine had to stop'));
      else asked?.good(answer);
    },

    failed({ message }) {
      this.worker.failed(message);
    },
  };

  /* The worker was ended over one question: the others are put to another. */
  lost(number) {
    const endless = this.waiting.get(number);
    this.waiting.delete(number);
    this.worker.begin();
    for (const question of this.templates) this.worker.post(question);
    for (const { question } of this.waiting.values()) this.worker.post(question);
    endless?.bad(new EngineEndless('the engine came to no end'));
  }
}
