// Loaded into n8n before anything else: collects all garbage when told by a signal, so that every measurement of its
// memory begins alike.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => collect());
