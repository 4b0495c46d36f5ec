/*
 * The engine in a page: documents in as bytes, results out as the program writes them.
 *
 * openEngine(module) takes the compiled module. What a document does to the module (it may run
 * out of memory, or stop) costs that document alone: the module is then begun anew, with the
 * same templates, and the call throws EngineStopped.
 */
'use strict';

class EngineStopped extends Error {}

/* The compiled module, of what a page carries: base64 of what gzip made of it. */
async function unpackEngine(text) {
  const bytes = bytesOfBase64(text);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

function bytesOfBase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

function openEngine(module) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const templates = []; // those that were taken, to be given again
  let c; // what the module exports
  let engine;

  function begin() {
    c = new WebAssembly.Instance(module, {}).exports;
    c._initialize();
    engine = c.caseaudit_engine_new(0);
    for (const { name, bytes } of templates) handOver(c.caseaudit_engine_add_template, name, bytes);
  }

  function room(bytes) {
    const at = c.malloc(bytes.length + 1);
    if (at === 0) throw new WebAssembly.RuntimeError('out of memory');
    const memory = new Uint8Array(c.memory.buffer, at, bytes.length + 1);
    memory.set(bytes);
    memory[bytes.length] = 0;
    return at;
  }

  function text(at) {
    const memory = new Uint8Array(c.memory.buffer);
    return decoder.decode(memory.subarray(at, memory.indexOf(0, at)));
  }

  function handOver(call, name, bytes, ...more) {
    const nameAt = room(encoder.encode(name));
    const bytesAt = room(bytes);
    const answer = call(engine, nameAt, bytesAt, bytes.length, ...more);
    c.free(bytesAt);
    c.free(nameAt);
    return answer;
  }

  function guarded(work) {
    try {
      return work();
    } catch (fault) {
      if (!(fault instanceof WebAssembly.RuntimeError)) throw fault;
      begin();
      throw new EngineStopped('the engine had to stop over this document');
    }
  }

  function piece(call, name, bytes, { allowIncomplete = false } = {}) {
    return guarded(() => text(handOver(c[call], name, bytes, allowIncomplete ? 1 : 0)));
  }

  begin();
  return {
    /* {good, message}: every fault is a line of message, and so is every warning. */
    addTemplate(name, bytes) {
      return guarded(() => {
        const good = handOver(c.caseaudit_engine_add_template, name, bytes) === 1;
        if (good) templates.push({ name, bytes });
        return { good, message: text(c.caseaudit_engine_message(engine)) };
      });
    },
    /* The result object of one return, as a line of JSON; why it got its grade; and its page. */
    score: (...of) => piece('caseaudit_engine_score', ...of),
    explanation: (...of) => piece('caseaudit_engine_explanation', ...of),
    page: (...of) => piece('caseaudit_engine_page', ...of),
    /* Bytes that the module takes up now. */
    memory: () => c.memory.buffer.byteLength,
  };
}
