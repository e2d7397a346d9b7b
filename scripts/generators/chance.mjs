import Chance from 'chance';
import { AGE_YEARS, COUNTRIES, SYSTEM_TRIPLETS } from '../../impl-old/job.ts';

/** The same record, made with chance. */
export function run({ users, seed }) {
  const chance = new Chance(seed);
  const all = Array.from({ length: users }, () => {
    const { country, cities } = chance.pickone(COUNTRIES);
    return {
      user_id: chance.guid({ version: 4 }),
      user_name: `${chance.first()}.${chance.last()}${chance.integer({ min: 0, max: 99 })}`,
      first_name: chance.first(),
      last_name: chance.last(),
      age: chance.integer(AGE_YEARS),
      address: {
        house_number: String(chance.integer({ min: 1, max: 99_999 })),
        street_name: chance.street(),
        city: chance.pickone(cities),
        country,
        post_code: chance.zip(),
      },
      email_address: chance.email(),
      phone_number: chance.phone(),
      device: {
        ipv4_address: chance.ip(),
        ipv6_address: chance.ipv6(),
        mac_address: chance.mac_address(),
        UUID: chance.guid({ version: 4 }),
        system_triplet: chance.pickone(SYSTEM_TRIPLETS),
      },
    };
  });
  return new TextEncoder().encode(JSON.stringify(all));
}
