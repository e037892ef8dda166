//! A server of `petstore.yaml`, on the crate that the generator writes of it.

use std::sync::{Arc, Mutex, PoisonError};

use petstore::models::Pet;
use petstore::server::{
    AddPetRequest, AddPetResponse, Api, Authenticate, Claim, Context, Credential, Denied, Failure,
    ListPetsRequest, ListPetsResponse, ShowPetRequest, ShowPetResponse, router,
};

#[derive(Default)]
struct Store(Mutex<Vec<Pet>>);

impl Authenticate for Store {
    type Principal = String;

    async fn authenticate(&self, claims: &[Claim<'_>]) -> Result<String, Denied> {
        match claims {
            [Claim { scheme: "key", credential: Credential::ApiKey("secret"), .. }] => Ok("Mila".to_owned()),
            _ => Err(Denied::Credential),
        }
    }
}

impl Api for Store {
    async fn list_pets(&self, _: Context, request: ListPetsRequest) -> Result<ListPetsResponse, Failure> {
        let pets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = request.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        Ok(ListPetsResponse::Ok(pets.iter().take(limit).cloned().collect()))
    }

    async fn add_pet(
        &self,
        context: Context<String>,
        request: AddPetRequest,
    ) -> Result<AddPetResponse, Failure> {
        let mut pets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let name = request.body.name;
        if pets.iter().any(|pet| pet.name == name) {
            return Ok(AddPetResponse::Conflict);
        }
        println!("{} adds {name}", context.principal);
        let id = i64::try_from(pets.len()).map_err(Failure::internal)?;
        let pet = Pet::builder().id(id).name(name).build().map_err(Failure::internal)?;
        pets.push(pet.clone());
        Ok(AddPetResponse::Created { location: format!("/pets/{id}"), body: pet })
    }

    async fn show_pet(&self, _: Context, request: ShowPetRequest) -> Result<ShowPetResponse, Failure> {
        let pets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pet = pets.iter().find(|pet| pet.id == request.pet_id);
        Ok(pet.cloned().map_or(ShowPetResponse::NotFound, ShowPetResponse::Ok))
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, router(Arc::new(Store::default()))).await
}
