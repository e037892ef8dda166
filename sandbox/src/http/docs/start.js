// Starts the explorer on the definition of this sandbox.
"use strict";

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#explorer",
  // Nothing is asked of anybody else.
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
});
