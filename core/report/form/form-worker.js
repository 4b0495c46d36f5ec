
/* The engine of a form, beside the page: each question has a number, and its answer has it too. */

const engines = new Map(); /* by the name of their template */

inTurn({
  async template({ number, name, bytes }) {
    const engine = openEngine(await compiled);
    const answer = guarded('template', number, () => engine.addTemplate('template.xml', bytes));
    if (answer?.good) engines.set(name, engine);
    postMessage({ kind: 'said', number, answer });
  },

  /* A piece of what the engine says of an unfinished return: its result, or why. */
  ask({ number, name, piece, bytes }) {
    postMessage({ kind: 'said', number, answer: guarded('return', number,
      () => engines.get(name)[piece]('return.xml', bytes, { allowIncomplete: true })) });
  },
});
