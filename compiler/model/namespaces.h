/*
 * The vocabulary of namespaces that several stages share.
 */
#ifndef VADE_MODEL_NAMESPACES_H
#define VADE_MODEL_NAMESPACES_H

#define NS_DOCBOOK "http://docbook.org/ns/docbook"
#define NS_VADE "urn:vademecum:1"
#define NS_PROJECT "urn:vademecum:project:1"
#define NS_AXES "urn:vademecum:axes:1"
#define NS_AGENCY "urn:vademecum:agency:1"
#define NS_HANDBOOKS "urn:vademecum:handbooks:1"
#define NS_XINCLUDE "http://www.w3.org/2001/XInclude"
#define NS_XML "http://www.w3.org/XML/1998/namespace"
#define NS_XLINK "http://www.w3.org/1999/xlink"
#define NS_SVG "http://www.w3.org/2000/svg"

#endif
