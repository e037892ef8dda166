//! Parameters: those of the path are arguments of the method, all others setters of the builder.

use super::super::resolve::Resolver;
use super::names;
use crate::api::Operation;
use crate::ident::{FieldIdent, Scope};
use crate::rust::{Location, OperationDef, ParameterDef, Setter};

/// Returns the parameters of the path, in its order.
pub(super) fn arguments(resolver: &Resolver<'_>, operation: &OperationDef) -> Vec<Setter> {
    let offset = |parameter: &ParameterDef| operation.path.find(&format!("{{{}}}", parameter.name));
    let parameters = operation.parameters.iter().enumerate();
    let mut of_path: Vec<(usize, &ParameterDef)> =
        parameters.filter(|(_, parameter)| parameter.location == Location::Path).collect();
    of_path.sort_by_key(|(_, parameter)| offset(parameter));
    let names: Vec<&str> = of_path.iter().map(|(_, parameter)| &*parameter.name).collect();
    // The method has a variable of its own.
    let idents = Scope::with(&["call"]).field_idents(&names);
    let setters = of_path.into_iter().zip(idents);
    setters.map(|((index, parameter), ident)| setter(resolver, index, parameter, ident)).collect()
}

/// Returns all others but the id of the call, which every builder can set.
pub(super) fn setters(resolver: &Resolver<'_>, stated: &Operation, operation: &OperationDef) -> Vec<Setter> {
    let mut scope = names::setters();
    let parameters = stated.parameters.iter().zip(&operation.parameters).enumerate();
    let set = parameters
        .filter(|(_, (stated, parameter))| parameter.location != Location::Path && !stated.correlation_id);
    set.map(|(index, (_, parameter))| {
        let ident = names::setter(&mut scope, &parameter.name, parameter.location);
        setter(resolver, index, parameter, ident)
    })
    .collect()
}

fn setter(resolver: &Resolver<'_>, index: usize, parameter: &ParameterDef, ident: FieldIdent) -> Setter {
    Setter { ident, parameter: index, passing: resolver.passing(&parameter.ty) }
}
