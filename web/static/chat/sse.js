// Event streams as the HTML standard writes them, read from a fetched body:
// fetch sends the headers that EventSource cannot.

// makeParser returns a function from the next piece of text to the events that
// are complete with it, {id, event, data}. An id holds until the next one comes. One
// that comes with no data is an event called "", to be resumed after.
export function makeParser() {
  let rest = "";
  let id = "";
  let event = "";
  let data = [];
  let marked = false; // an id stands in this event

  const fields = {
    id: (value) => {
      if (value.includes("\0")) return;
      id = value;
      marked = true;
    },
    event: (value) => { event = value; },
    data: (value) => { data.push(value); },
  };

  function line(text) {
    if (text === "") {
      const named = data.length > 0 ? event || "message" : "";
      const whole = (named || marked) && { id, event: named, data: data.join("\n") };
      [event, data, marked] = ["", [], false];
      return whole;
    }
    const [, name, value = ""] = text.match(/^([^:]*)(?:: ?(.*))?$/s);
    fields[name]?.(value);
    return null;
  }

  return (piece) => {
    // A return at the end may be half of a line break, so it waits for what follows.
    const [, whole, open] = (rest + piece).match(/^(.*(?:\n|\r(?!$)))?(.*)$/s);
    rest = open;
    return (whole ?? "").split(/\r\n|\r|\n/).slice(0, -1).map(line).filter(Boolean);
  };
}

// readEvents reads the body to its end; alive() is called for every piece that comes.
export async function* readEvents(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const parse = makeParser();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      yield* parse(value);
    }
  } finally {
    reader.cancel().catch(() => {}); // it may have broken off before
  }
}
