import MynahCLI

MynahProgram.main()
