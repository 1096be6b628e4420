import { DEFAULT_OPTIONS } from '@waymark/backstage-plugin-dora-common';
import { Pace } from '../../plugins/dora-backend/src/claims/pace';
import { RowMaker } from '../../plugins/dora-backend/src/read-models/RowMaker';
import { DatabaseRowStore } from '../../plugins/dora-backend/src/read-models/RowStore';
import { runStep } from '../lib/step';
import { openDora, timed } from './database';

const LANES = 2;

/** Makes the rows of all components of their facts, as the backend does it. */
runStep(async () => {
  const knex = await openDora();
  const store = new DatabaseRowStore(knex);
  // As each start of the portal says it: rows made with other settings are made anew.
  await store.startWith(DEFAULT_OPTIONS);
  const maker = new RowMaker(knex, store, DEFAULT_OPTIONS, new Pace());
  let components = 0;
  const lane = async () => {
    for (;;) {
      const claims = await store.claims.take(`bench ${process.pid}`, 1);
      if (claims.length === 0) return;
      await maker.do(claims);
      components += claims.length;
    }
  };
  const seconds = await timed(() =>
    Promise.all(Array.from({ length: LANES }, lane)),
  );
  await knex.destroy();
  return { seconds, components };
});
