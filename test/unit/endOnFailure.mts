import fc from 'fast-check';

// In mutation tests nobody reads the smallest example of a failure, which takes long to find.
fc.configureGlobal({ endOnFailure: true });
