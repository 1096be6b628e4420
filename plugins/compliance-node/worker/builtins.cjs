// Functions of Rego that are not part of the compiled rules. Each is pure: the
// same arguments give the same result on every day and on every machine.
'use strict';

const DAY =
  /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

module.exports = {
  /** Nanoseconds since 1970; undefined where it is no such time. */
  'time.parse_rfc3339_ns': text => {
    const milliseconds = DAY.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(milliseconds) ? undefined : milliseconds * 1e6;
  },
};
