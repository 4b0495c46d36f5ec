
/*
 * The other side of watch.js, in the worker: what the page asks is done in turn, and before the
 * engine is given a document, the page is told, so that it can end this worker over it.
 */

const PATIENCE = 10000; /* milliseconds that the engine may take over one document */

let compiled; /* a promise of the module */

function rest() {
  postMessage({ kind: 'at', subject: null });
}

/* The page hears what the engine is given, and ends this worker if it hears no more. */
function guarded(kind, name, work) {
  postMessage({ kind: 'at', subject: { kind, name }, patience: PATIENCE });
  try {
    return work();
  } catch (fault) {
    if (!(fault instanceof EngineStopped)) throw fault;
    return null;
  }
}

function begin({ packed }) {
  compiled = unpackEngine(packed);
  return compiled;
}

/* asked: by kind, what is done of a message; busy: whether work goes on beside it. */
function inTurn(asked, busy = () => false) {
  const all = { start: begin, ...asked };
  let turn = Promise.resolve();
  onmessage = ({ data }) => {
    turn = turn.then(() => all[data.kind](data))
      .catch((fault) => postMessage({ kind: 'failed', message: String(fault?.message ?? fault) }))
      .then(() => busy() || rest());
  };
}
