import type { Faker } from '@faker-js/faker';
import { AGE_YEARS, COUNTRIES, SYSTEM_TRIPLETS } from './job.ts';

/** One user; the order of the draws is part of the job, since the output is reproducible by its seed. */
export function createUser(faker: Faker) {
  const { country, cities } = faker.helpers.arrayElement(COUNTRIES);
  const city = faker.helpers.arrayElement<string>(cities);
  return {
    user_id: faker.string.uuid(),
    user_name: faker.internet.username(),
    first_name: faker.person.firstName(),
    last_name: faker.person.lastName(),
    age: faker.number.int(AGE_YEARS),
    address: {
      house_number: faker.location.buildingNumber(),
      street_name: faker.location.street(),
      city,
      country,
      post_code: faker.location.zipCode(),
    },
    email_address: faker.internet.email(),
    phone_number: faker.phone.number(),
    device: {
      ipv4_address: faker.internet.ipv4(),
      ipv6_address: faker.internet.ipv6(),
      mac_address: faker.internet.mac(),
      UUID: faker.string.uuid(),
      system_triplet: faker.helpers.arrayElement(SYSTEM_TRIPLETS),
    },
  };
}
