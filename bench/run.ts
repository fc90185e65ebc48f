import { measureContract } from './measure-contract.ts';
import { measureDelivery } from './measure-delivery.ts';
import { measurePrism } from './measure-prism.ts';
import { measureScale } from './measure-scale.ts';
import { measureStart } from './measure-start.ts';
import { measureThroughput } from './measure-throughput.ts';

/** `npm run bench [-- throughput|prism|start|scale|delivery|contract ...]`: figures as ratios of servers measured in the same run. */
const parts: Readonly<Record<string, () => Promise<string>>> = {
  throughput: measureThroughput,
  prism: measurePrism,
  start: measureStart,
  scale: measureScale,
  delivery: measureDelivery,
  contract: measureContract,
};

const chosen = process.argv.slice(2);
for (const name of chosen) {
  if (!Object.hasOwn(parts, name)) {
    console.error(`There is no part "${name}". The parts: ${Object.keys(parts).join(', ')}.`);
    process.exit(2);
  }
}
for (const [name, measure] of Object.entries(parts)) {
  if (chosen.length === 0 || chosen.includes(name)) console.log(`\n${name}\n${await measure()}`);
}
