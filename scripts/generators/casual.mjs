import casual from 'casual';
import { AGE_YEARS, COUNTRIES, SYSTEM_TRIPLETS } from '../../impl-old/job.ts';

const hex = (digits) => Array.from({ length: digits }, () => casual.integer(0, 15).toString(16)).join('');

/** The same record, made with casual, which has neither MAC nor IPv6 addresses: those are made of its numbers. */
export function run({ users, seed }) {
  casual.seed(seed);
  const all = Array.from({ length: users }, () => {
    const { country, cities } = casual.random_element(COUNTRIES);
    return {
      user_id: casual.uuid,
      user_name: casual.username,
      first_name: casual.first_name,
      last_name: casual.last_name,
      age: casual.integer(AGE_YEARS.min, AGE_YEARS.max),
      address: {
        house_number: String(casual.building_number),
        street_name: casual.street,
        city: casual.random_element(cities),
        country,
        post_code: casual.zip(),
      },
      email_address: casual.email,
      phone_number: casual.phone,
      device: {
        ipv4_address: casual.ip,
        ipv6_address: Array.from({ length: 8 }, () => hex(4)).join(':'),
        mac_address: Array.from({ length: 6 }, () => hex(2)).join(':'),
        UUID: casual.uuid,
        system_triplet: casual.random_element(SYSTEM_TRIPLETS),
      },
    };
  });
  return new TextEncoder().encode(JSON.stringify(all));
}
