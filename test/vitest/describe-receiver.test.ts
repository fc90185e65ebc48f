import { describeReceiver } from '../../src/vitest.ts';
import { rightReceiver } from '../prove/check-receiver/corpus.ts';
import { secrets } from '../prove/check-receiver/providers.ts';
import { receive } from '../prove/check-receiver/steps.ts';
import { Store } from '../prove/check-receiver/store.ts';

const store = new Store();

// A right receiver, as a handler: every rule holds, or nothing is seen of it.
describeReceiver(
  'rehive',
  (request, response) => {
    void receive(rightReceiver('rehive'), store, request, response, 'http://127.0.0.1/hooks');
  },
  { path: '/hooks', secret: secrets.rehive, only: ['user.', 'signatures', 'nonsense'], seed: 7 },
);
