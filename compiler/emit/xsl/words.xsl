<?xml version="1.0" encoding="UTF-8"?>
<!--
  The words of the interface, in the handbook's language: one variable w-KEY per row of
  emit/ui.def. Variables, because a key would read the whole tree first.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:v="urn:vademecum:1">

  <xsl:variable name="words" select="/*/v:words/v:word"/>

  <xsl:variable name="w-accountable" select="string($words[@key = 'accountable'])"/>
  <xsl:variable name="w-agency" select="string($words[@key = 'agency'])"/>
  <xsl:variable name="w-answer" select="string($words[@key = 'answer'])"/>
  <xsl:variable name="w-before-steps" select="string($words[@key = 'before-steps'])"/>
  <xsl:variable name="w-branch" select="string($words[@key = 'branch'])"/>
  <xsl:variable name="w-call" select="string($words[@key = 'call'])"/>
  <xsl:variable name="w-caution" select="string($words[@key = 'caution'])"/>
  <xsl:variable name="w-chain" select="string($words[@key = 'chain'])"/>
  <xsl:variable name="w-chain-note" select="string($words[@key = 'chain-note'])"/>
  <xsl:variable name="w-class" select="string($words[@key = 'class'])"/>
  <xsl:variable name="w-close" select="string($words[@key = 'close'])"/>
  <xsl:variable name="w-code" select="string($words[@key = 'code'])"/>
  <xsl:variable name="w-consulted" select="string($words[@key = 'consulted'])"/>
  <xsl:variable name="w-contents" select="string($words[@key = 'contents'])"/>
  <xsl:variable name="w-copied" select="string($words[@key = 'copied'])"/>
  <xsl:variable name="w-copy-link" select="string($words[@key = 'copy-link'])"/>
  <xsl:variable name="w-decide" select="string($words[@key = 'decide'])"/>
  <xsl:variable name="w-default" select="string($words[@key = 'default'])"/>
  <xsl:variable name="w-default-branch" select="string($words[@key = 'default-branch'])"/>
  <xsl:variable name="w-do-one" select="string($words[@key = 'do-one'])"/>
  <xsl:variable name="w-done" select="string($words[@key = 'done'])"/>
  <xsl:variable name="w-draft" select="string($words[@key = 'draft'])"/>
  <xsl:variable name="w-edition" select="string($words[@key = 'edition'])"/>
  <xsl:variable name="w-equation" select="string($words[@key = 'equation'])"/>
  <xsl:variable name="w-example" select="string($words[@key = 'example'])"/>
  <xsl:variable name="w-figure" select="string($words[@key = 'figure'])"/>
  <xsl:variable name="w-footnote" select="string($words[@key = 'footnote'])"/>
  <xsl:variable name="w-footnote-back" select="string($words[@key = 'footnote-back'])"/>
  <xsl:variable name="w-footnotes" select="string($words[@key = 'footnotes'])"/>
  <xsl:variable name="w-form" select="string($words[@key = 'form'])"/>
  <xsl:variable name="w-form-about" select="string($words[@key = 'form-about'])"/>
  <xsl:variable name="w-form-apart" select="string($words[@key = 'form-apart'])"/>
  <xsl:variable name="w-form-clear" select="string($words[@key = 'form-clear'])"/>
  <xsl:variable name="w-form-fill" select="string($words[@key = 'form-fill'])"/>
  <xsl:variable name="w-form-keeps" select="string($words[@key = 'form-keeps'])"/>
  <xsl:variable name="w-form-no" select="string($words[@key = 'form-no'])"/>
  <xsl:variable name="w-form-reference" select="string($words[@key = 'form-reference'])"/>
  <xsl:variable name="w-form-unknown" select="string($words[@key = 'form-unknown'])"/>
  <xsl:variable name="w-form-yes" select="string($words[@key = 'form-yes'])"/>
  <xsl:variable name="w-forms" select="string($words[@key = 'forms'])"/>
  <xsl:variable name="w-handbook" select="string($words[@key = 'handbook'])"/>
  <xsl:variable name="w-handoff" select="string($words[@key = 'handoff'])"/>
  <xsl:variable name="w-hands-over" select="string($words[@key = 'hands-over'])"/>
  <xsl:variable name="w-important" select="string($words[@key = 'important'])"/>
  <xsl:variable name="w-in-force" select="string($words[@key = 'in-force'])"/>
  <xsl:variable name="w-informed" select="string($words[@key = 'informed'])"/>
  <xsl:variable name="w-keys" select="string($words[@key = 'keys'])"/>
  <xsl:variable name="w-keys-off" select="string($words[@key = 'keys-off'])"/>
  <xsl:variable name="w-keys-text" select="string($words[@key = 'keys-text'])"/>
  <xsl:variable name="w-lane" select="string($words[@key = 'lane'])"/>
  <xsl:variable name="w-lane-note" select="string($words[@key = 'lane-note'])"/>
  <xsl:variable name="w-language" select="string($words[@key = 'language'])"/>
  <xsl:variable name="w-language-name" select="string($words[@key = 'language-name'])"/>
  <xsl:variable name="w-later" select="string($words[@key = 'later'])"/>
  <xsl:variable name="w-new-case" select="string($words[@key = 'new-case'])"/>
  <xsl:variable name="w-next" select="string($words[@key = 'next'])"/>
  <xsl:variable name="w-note" select="string($words[@key = 'note'])"/>
  <xsl:variable name="w-notice-full" select="string($words[@key = 'notice-full'])"/>
  <xsl:variable name="w-other-situations" select="string($words[@key = 'other-situations'])"/>
  <xsl:variable name="w-outdated" select="string($words[@key = 'outdated'])"/>
  <xsl:variable name="w-pages" select="string($words[@key = 'pages'])"/>
  <xsl:variable name="w-phone-checked" select="string($words[@key = 'phone-checked'])"/>
  <xsl:variable name="w-phones" select="string($words[@key = 'phones'])"/>
  <xsl:variable name="w-previous" select="string($words[@key = 'previous'])"/>
  <xsl:variable name="w-privacy" select="string($words[@key = 'privacy'])"/>
  <xsl:variable name="w-privacy-device" select="string($words[@key = 'privacy-device'])"/>
  <xsl:variable name="w-privacy-nothing" select="string($words[@key = 'privacy-nothing'])"/>
  <xsl:variable name="w-privacy-text" select="string($words[@key = 'privacy-text'])"/>
  <xsl:variable name="w-question" select="string($words[@key = 'question'])"/>
  <xsl:variable name="w-quote-close" select="string($words[@key = 'quote-close'])"/>
  <xsl:variable name="w-quote-open" select="string($words[@key = 'quote-open'])"/>
  <xsl:variable name="w-raci" select="string($words[@key = 'raci'])"/>
  <xsl:variable name="w-readers" select="string($words[@key = 'readers'])"/>
  <xsl:variable name="w-receive-from" select="string($words[@key = 'receive-from'])"/>
  <xsl:variable name="w-remark" select="string($words[@key = 'remark'])"/>
  <xsl:variable name="w-responsible" select="string($words[@key = 'responsible'])"/>
  <xsl:variable name="w-review" select="string($words[@key = 'review'])"/>
  <xsl:variable name="w-revisions" select="string($words[@key = 'revisions'])"/>
  <xsl:variable name="w-safeguard" select="string($words[@key = 'safeguard'])"/>
  <xsl:variable name="w-search" select="string($words[@key = 'search'])"/>
  <xsl:variable name="w-search-found" select="string($words[@key = 'search-found'])"/>
  <xsl:variable name="w-search-none" select="string($words[@key = 'search-none'])"/>
  <xsl:variable name="w-see" select="string($words[@key = 'see'])"/>
  <xsl:variable name="w-see-also" select="string($words[@key = 'see-also'])"/>
  <xsl:variable name="w-situations" select="string($words[@key = 'situations'])"/>
  <xsl:variable name="w-skip" select="string($words[@key = 'skip'])"/>
  <xsl:variable name="w-step" select="string($words[@key = 'step'])"/>
  <xsl:variable name="w-steps" select="string($words[@key = 'steps'])"/>
  <xsl:variable name="w-table" select="string($words[@key = 'table'])"/>
  <xsl:variable name="w-tip" select="string($words[@key = 'tip'])"/>
  <xsl:variable name="w-to-verify" select="string($words[@key = 'to-verify'])"/>
  <xsl:variable name="w-trail" select="string($words[@key = 'trail'])"/>
  <xsl:variable name="w-uncontrolled" select="string($words[@key = 'uncontrolled'])"/>
  <xsl:variable name="w-urgent" select="string($words[@key = 'urgent'])"/>
  <xsl:variable name="w-warning" select="string($words[@key = 'warning'])"/>
  <xsl:variable name="w-who" select="string($words[@key = 'who'])"/>

</xsl:stylesheet>
