import fc from 'fast-check';

// For mutation tests: a quarter of the examples, the same ones each time, and no search for the smallest one that fails.
fc.configureGlobal({ endOnFailure: true, numRuns: 25, seed: 1 });
