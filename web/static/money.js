// Money is {amount, currency} in minor units: 4999 USD is $49.99, 4999 JPY is ¥4,999.

import { locale } from "./i18n.js";

// digits is how many decimals the currency's minor unit stands for.
export function digits(currency) {
  return formatter(currency).resolvedOptions().maximumFractionDigits;
}

// format leaves out decimals that are all zero.
export function format({ amount, currency }) {
  const value = amount / 10 ** digits(currency);
  return formatter(currency, Number.isInteger(value) ? 0 : undefined).format(value);
}

// parse reads a typed number into minor units: "49.9", "1,299", "1.299,00".
// Empty is null; what is no amount is NaN.
export function parse(text, currency) {
  const typed = text.trim().replace(/[\s']/g, "");
  if (typed === "") return null;
  if (!/^\d[\d.,]*$/.test(typed)) return NaN;
  // The last separator is the decimal one if one or two digits follow it.
  const [, whole, fraction = ""] = typed.match(/^(.*?)(?:[.,](\d{1,2}))?$/);
  const value = Number(`${whole.replace(/[.,]/g, "")}.${fraction || 0}`);
  return Math.round(value * 10 ** digits(currency));
}

// plain is the amount as a field shows it for editing.
export function plain(amount, currency) {
  return String(amount / 10 ** digits(currency));
}

function formatter(currency, fraction) {
  const options = { style: "currency", currency };
  if (fraction !== undefined) {
    options.minimumFractionDigits = fraction;
    options.maximumFractionDigits = fraction;
  }
  try {
    return new Intl.NumberFormat(locale, options);
  } catch {
    // A code that is no currency must not take the page down.
    return new Intl.NumberFormat(locale, { minimumFractionDigits: fraction ?? 2, maximumFractionDigits: fraction ?? 2 });
  }
}
