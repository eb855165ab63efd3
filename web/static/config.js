// What the server says about this store, read once from the page's meta element:
// {store, key, currency, language, suggestions, names, swatches, words}.

const meta = document.querySelector('meta[name="honeyguide"]');

export const config = Object.freeze(JSON.parse(meta.content));
