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

/* Ways into the memory of a module that exports c. */
function accessTo(c) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  function room(bytes) {
    const at = c.malloc(bytes.length + 1);
    if (at === 0) throw new WebAssembly.RuntimeError('out of memory');
    const memory = new Uint8Array(c.memory.buffer, at, bytes.length + 1);
    memory.set(bytes);
    memory[bytes.length] = 0;
    return at;
  }

  return {
    text(at) {
      const memory = new Uint8Array(c.memory.buffer);
      return decoder.decode(memory.subarray(at, memory.indexOf(0, at)));
    },
    /* Calls with what it is about, texts, and last of all numbers. */
    call(call, subject, texts, ...numbers) {
      const places = texts.map((text) => room(typeof text === 'string' ? encoder.encode(text) : text));
      const answer = call(subject, ...places, ...numbers);
      places.forEach((place) => c.free(place));
      return answer;
    },
  };
}

function begun(module) {
  const c = new WebAssembly.Instance(module, {}).exports;
  c._initialize();
  return c;
}

function openEngine(module) {
  const templates = []; // those that were taken, to be given again
  let c; // what the module exports
  let access;
  let engine;

  function begin() {
    c = begun(module);
    access = accessTo(c);
    engine = c.caseaudit_engine_new(0);
    for (const { name, bytes } of templates) handOver(c.caseaudit_engine_add_template, name, bytes);
  }

  function handOver(call, name, bytes, ...more) {
    return access.call(call, engine, [name, bytes], bytes.length, ...more);
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
    return guarded(() => access.text(handOver(c[call], name, bytes, allowIncomplete ? 1 : 0)));
  }

  begin();
  return {
    /* {good, message}: every fault is a line of message, and so is every warning. */
    addTemplate(name, bytes) {
      return guarded(() => {
        const good = handOver(c.caseaudit_engine_add_template, name, bytes) === 1;
        if (good) templates.push({ name, bytes });
        return { good, message: access.text(c.caseaudit_engine_message(engine)) };
      });
    },
    /* The result object of one return, as a line of JSON; why it got its grade; and its page. */
    score: (...of) => piece('caseaudit_engine_score', ...of),
    explanation: (...of) => piece('caseaudit_engine_explanation', ...of),
    page: (...of) => piece('caseaudit_engine_page', ...of),
    /* Of a module that says it: { line, said }, the result and what the program says beside it on a day
     * ("2026-12-01"), faults and warnings: [{ kind, line, message }]. */
    scoreSaying(name, bytes, today) {
      const [line, said] = guarded(() => access.text(access.call(c.ca_saying_score, engine,
        [name, bytes, today], bytes.length))).split('\n');
      return { line, said: JSON.parse(said) };
    },
    /* Bytes that the module takes up now. */
    memory: () => c.memory.buffer.byteLength,
  };
}

/*
 * Summaries of returns in memory, of a module that exports them: add(name, bytes) is whether the
 * document was taken; html and json are the summary of one template's, in all its versions, for
 * periods as the program takes them ('' for the latest quarter) beside an earlier one, by an
 * attribute ('' for none), or begin with '!', and say why there is none.
 */
function openSumming(module) {
  const c = begun(module);
  const { call, text } = accessTo(c);
  const summing = c.ca_summing_new();
  const sum = (format) => (template, periods, compare, by) =>
    text(call(c.ca_summing_text, summing, [template, periods, compare, by], format));
  return {
    addTemplate: (name, bytes) => call(c.ca_summing_template, summing, [name, bytes], bytes.length) === 1,
    add: (name, bytes) => call(c.ca_summing_return, summing, [name, bytes], bytes.length) === 1,
    html: sum(0),
    json: sum(1),
  };
}
