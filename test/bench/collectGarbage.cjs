// Loaded into n8n before anything else. A signal makes it collect all garbage, so that every measurement of memory starts
// from the same state.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => collect());
