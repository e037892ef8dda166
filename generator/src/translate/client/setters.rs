//! Parameters: the required ones are arguments of the method, all others setters of the builder.

use super::super::resolve::Resolver;
use super::names;
use crate::api::Operation;
use crate::ident::FieldIdent;
use crate::rust::{BodySetter, Location, OperationDef, ParameterDef, Setter};

/// Returns the required parameters, by location: those of the path in its order, then those of the query, the
/// headers and the cookies.
pub(super) fn arguments(
    resolver: &Resolver<'_>,
    stated: &Operation,
    operation: &OperationDef,
) -> Vec<Setter> {
    let offset = |parameter: &ParameterDef| operation.path.find(&format!("{{{}}}", parameter.name));
    let mut required: Vec<_> =
        settable(stated, operation).filter(|(_, parameter)| parameter.is_argument()).collect();
    required.sort_by_key(|(_, parameter)| {
        let of_path = (parameter.location == Location::Path).then(|| offset(parameter));
        (parameter.location, of_path)
    });
    let mut scope = names::arguments(operation);
    let setter = |(index, parameter): (usize, &ParameterDef)| {
        let ident = names::argument(&mut scope, &parameter.name, parameter.location);
        setter(resolver, index, parameter, ident)
    };
    required.into_iter().map(setter).collect()
}

/// Returns all other parameters.
pub(super) fn setters(
    resolver: &Resolver<'_>,
    stated: &Operation,
    operation: &OperationDef,
    bodies: &[BodySetter],
) -> Vec<Setter> {
    let mut scope = names::setters();
    for body in bodies {
        scope.reserve(body.ident.as_str());
    }
    let optional = settable(stated, operation).filter(|(_, parameter)| !parameter.is_argument());
    optional
        .map(|(index, parameter)| {
            let ident = names::setter(&mut scope, &parameter.name, parameter.location);
            setter(resolver, index, parameter, ident)
        })
        .collect()
}

/// Returns all parameters but the id of the call, which every builder can set.
fn settable<'a>(
    stated: &'a Operation,
    operation: &'a OperationDef,
) -> impl Iterator<Item = (usize, &'a ParameterDef)> {
    let parameters = stated.parameters.iter().zip(&operation.parameters).enumerate();
    let set = parameters.filter(|(_, (stated, _))| !stated.correlation_id);
    set.map(|(index, (_, parameter))| (index, parameter))
}

fn setter(resolver: &Resolver<'_>, index: usize, parameter: &ParameterDef, ident: FieldIdent) -> Setter {
    Setter { ident, parameter: index, passing: resolver.passing(&parameter.ty) }
}
