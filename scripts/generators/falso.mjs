import * as falso from '@ngneat/falso';
import { AGE_YEARS, COUNTRIES, SYSTEM_TRIPLETS } from '../../impl-old/job.ts';

/** The same record, made with falso. */
export function run({ users, seed }) {
  falso.seed(String(seed));
  const all = Array.from({ length: users }, () => {
    const { country, cities } = falso.rand(COUNTRIES);
    return {
      user_id: falso.randUuid(),
      user_name: falso.randUserName(),
      first_name: falso.randFirstName(),
      last_name: falso.randLastName(),
      age: falso.randNumber(AGE_YEARS),
      address: {
        house_number: String(falso.randNumber({ min: 1, max: 99_999 })),
        street_name: falso.randStreetName(),
        city: falso.rand(cities),
        country,
        post_code: falso.randZipCode(),
      },
      email_address: falso.randEmail(),
      phone_number: falso.randPhoneNumber(),
      device: {
        ipv4_address: falso.randIp(),
        ipv6_address: falso.randIpv6(),
        mac_address: falso.randMac(),
        UUID: falso.randUuid(),
        system_triplet: falso.rand(SYSTEM_TRIPLETS),
      },
    };
  });
  return new TextEncoder().encode(JSON.stringify(all));
}
