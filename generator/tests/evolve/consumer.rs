// Written for base.yaml, and never changed when a pair is added.

use pets::client::{CallError, Client, Response, ServiceError, Token};
use pets::models::{Home, House, Kind, NewPet, Origin, Pet, PetList, Problem, Status};
use pets::{Decimal, OpenEnum, Validate, Violations};

pub fn built() -> Result<NewPet, Violations> {
    let home = House::builder().street("Main Street").build()?;
    NewPet::builder()
        .name("Mia")
        .kind(Kind::Cat)
        .origin(Origin::Shop)
        .tags(vec!["shy".to_owned()])
        .mark("ABC")
        .age(3)
        .home(Home::House(home))
        .build()
}

pub fn read(pet: Pet) -> (String, String, Option<Kind>, Option<Decimal>) {
    let Pet { id, name, kind, price, .. } = pet;
    (id, name, kind, price)
}

pub fn matched(pet: &Pet) -> &str {
    if let Some(Home::Shelter(shelter)) = &pet.home {
        return if shelter.cages > 1 { "cages" } else { "cage" };
    }
    match (&pet.kind, &pet.status) {
        (Some(Kind::Cat | Kind::Dog), Some(Status::Here)) => "here",
        (_, Some(Status::Sold)) => "sold",
        (Some(other), _) => other.as_wire(),
        _ => "unknown",
    }
}

pub fn objects(token: Token, problem: &Problem) -> Vec<Box<dyn std::fmt::Debug>> {
    let _: Box<dyn pets::client::TokenSource> = Box::new(token);
    vec![Box::new(problem.clone()), Box::new(Kind::KNOWN), Box::new(pets::validators::CODES)]
}

pub fn validated(json: &[u8]) -> Result<NewPet, Violations> {
    let pet = NewPet::decode_json(json)?;
    let violations = pet.validate();
    if violations.is_empty() { Ok(pet) } else { Err(violations) }
}

pub async fn called(client: &Client) -> Result<Vec<Pet>, CallError<ServiceError>> {
    let found: Response<PetList> = client.list_pets(&Kind::Dog).limit(10).send().await?;
    let _: Response<()> = client.set_photo("7").body(vec![0_u8]).send().await?;
    let one: Pet = client.get_pet("7").send().await?.value;
    Ok(found.value.pets.into_iter().flatten().chain([one]).collect())
}

pub async fn failed(client: &Client, pet: &NewPet) -> Result<Pet, Box<dyn std::error::Error>> {
    match client.create_pet(pet).send().await {
        Ok(response) => Ok(response.value),
        Err(error) => Err(match error.failure() {
            Some(ServiceError::BadRequest(problem)) => problem.code.clone().into(),
            Some(ServiceError::NotFound) => "not found".into(),
            Some(_) | None => Box::new(error),
        }),
    }
}

pub fn listed() -> usize {
    pets::operations::OPERATIONS.len() + usize::from(pets::operations::LIST_PETS.id == "listPets")
}
